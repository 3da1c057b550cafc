/** Words that fal's own protocol is made of. Whatever is not here could have come from somebody's work. */
const protocolWords = new Set(
  `IN_QUEUE IN_PROGRESS COMPLETED CANCELLATION_REQUESTED ALREADY_COMPLETED NOT_FOUND OK ERROR
  content_policy_violation no_media_generated image_too_small image_too_large image_load_error
  file_download_error generation_timeout internal_server_error concurrent_requests_limit
  request_timeout startup_timeout client_cancelled client_disconnected runner_disconnected runner_connection_error
  authorization_error validation_error not_found rate_limited server_error not_implemented expansion_failed
  missing string_type string_too_short string_too_long bool_type bool_parsing int_type int_parsing float_type
  float_parsing greater_than_equal less_than_equal greater_than less_than literal_error enum url_parsing url_type
  list_type too_short too_long model_attributes_type dict_type json_invalid value_error invalid_archive
  archive_file_count_below_minimum
  image/jpeg image/png image/webp image/gif image/svg+xml application/json application/octet-stream application/zip
  text/plain text/event-stream video/mp4 audio/mpeg
  image megapixel megapixels second seconds step steps request requests video compute_second minute unit units
  USD Bearer INFO WARN DEBUG STDOUT STDERR USER OKP Ed25519 EdDSA sig active deprecated inference training
  commercial research private ready pending text-to-image image-to-image text-to-video image-to-video
  text-to-speech speech-to-text vision llm
  body query header path prompt image_url image_urls mask_url images_data_url loras scale image_size width height
  num_images num_inference_steps guidance_scale seed strength output_format sync_mode enable_safety_checker
  safety_tolerance aspect_ratio finetune_id finetune_strength trigger_phrase trigger_word steps learning_rate`.split(
    /\s+/,
  ),
);

/** Numbers that say how large something is, or what it costs; all others may tell of somebody's work. */
const openNumbers = new Set(['width', 'height', 'queue_position', 'unit_price', 'file_size']);

const uuid = /[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}/gi;
const isName = /^[A-Za-z_][\w.-]{0,40}$/;
/** Lists are told by their first items; one that is empty says that, too. */
const mostItems = 2;

/** An answer of fal without anything that belongs to somebody. fal's own hosts get the names that they have here. */
export class SafeShape {
  readonly #sent: readonly string[];

  /**
   * @param sent everything that was in the request, key included: none of it stays, not even by accident
   * @param hosts address → name, e.g. `https://queue.fal.run` → `queue`
   */
  constructor(
    sent: readonly unknown[],
    private readonly hosts: ReadonlyMap<string, string>,
    /** Words of paths that everybody knows: of fal's own routes and of the endpoints that all may call. */
    private readonly openWords: ReadonlySet<string>,
  ) {
    this.#sent = sent.flatMap(textsIn).filter((text) => text.length > 2);
  }

  of(value: unknown, field = ''): unknown {
    if (Array.isArray(value)) return value.slice(0, mostItems).map((item) => this.of(item, field));
    if (typeof value === 'object' && value !== null) return this.#object(value);
    if (typeof value === 'number') return openNumbers.has(field) ? value : Number.isInteger(value) ? 1 : 0.5;
    return typeof value === 'string' ? this.#text(value) : value;
  }

  /** The path of a request: ids become `{id}`, and only words that are known to everybody stay. */
  path(path: string): string {
    const words = path.split('/');
    return words
      .map((word, index) => {
        if (words[index - 1] === 'requests' || (word !== '' && word.replace(uuid, '') === '')) return '{id}';
        return word === '' || this.openWords.has(word) ? word : '{word}';
      })
      .join('/');
  }

  #object(value: object): Record<string, unknown> {
    const entries = Object.entries(value).map(([name, each]) => {
      const isOpen = isName.test(name) && !this.#wasSent(name);
      return [isOpen ? name : '<name>', this.of(each, name)] as const;
    });
    return Object.fromEntries(entries);
  }

  #text(text: string): string {
    if (text === '') return '';
    if (protocolWords.has(text) && !this.#wasSent(text)) return text;
    if (text.startsWith('data:')) return '<data>';
    if (text.replace(uuid, '') === '') return '<id>';
    if (/^\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:\d\d)?$/.test(text)) return '<time>';
    if (URL.canParse(text) && /^https?:/.test(text)) return this.#address(new URL(text));
    if (/^fal-ai\/[\w./-]+$/.test(text) && !this.#wasSent(text)) return '<endpoint>';
    return '<text>';
  }

  /** Of fal's own hosts the path stays, as a shape; signatures and names of files never do. */
  #address({ origin, pathname }: URL): string {
    const address = `${origin}${pathname}`;
    const [start, host] = [...this.hosts].find(([start]) => address.startsWith(`${start}/`)) ?? [];
    if (start !== undefined && host !== undefined && /\/requests\/[^/]+(\/(status|cancel))?$/.test(pathname))
      return `<${host}>${this.path(address.slice(start.length))}`;
    const [, ending] = /\.(jpe?g|png|webp|safetensors|json|zip|mp4)$/i.exec(pathname) ?? [];
    return ending === undefined ? '<url>' : `<url .${ending.toLowerCase()}>`;
  }

  #wasSent(text: string): boolean {
    return this.#sent.some((sent) => sent === text);
  }
}

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, each]) => [
    ...(protocolWords.has(name) || Array.isArray(value) ? [] : [name]),
    ...textsIn(each),
  ]);
}
