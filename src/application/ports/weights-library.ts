/** Where image models read LoRA weights from. */
export interface WeightsLibrary {
  /**
   * Puts kept weights where the image provider finds them, for some weeks.
   * @param mediaKey media-store key
   * @returns their address
   * Throws ProviderError `not_taken` or `no_access`; any other error when there are no such weights.
   */
  publish(mediaKey: string): Promise<string>;
}
