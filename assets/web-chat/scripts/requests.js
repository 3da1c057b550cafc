/** All addresses are relative to the page, so that it works wherever it is mounted. */
async function send(path, options) {
  const response = await fetch(`api/${path}`, options);
  const isJson = response.headers.get('content-type')?.includes('json');
  const answer = isJson ? await response.json() : { error: await response.text() };
  if (!response.ok) throw new Error(answer.error || `The sandbox answered ${response.status}`);
  return answer;
}

export const read = (path) => send(path);

export const fileUrl = (fileId, { save = false } = {}) =>
  `api/files/${encodeURIComponent(fileId)}${save ? '?save' : ''}`;

/** The server refuses changes without this header, which no foreign page can set. */
const mark = { 'x-sandbox-chat': '1' };

/** Does something as a person, e.g. `act(1, 'messages', { text: 'hello' })`. */
export const act = (personId, action, body = {}) =>
  send(`people/${personId}/${action}`, {
    method: 'POST',
    headers: { ...mark, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

/** What the next picture is to meet: one of the choices, or nothing. */
export const chooseNextPicture = (choose) =>
  send('next-picture', {
    method: 'POST',
    headers: { ...mark, 'content-type': 'application/json' },
    body: JSON.stringify({ choose }),
  });

export function upload(personId, { files, caption, chatId, replyTo, asFiles }) {
  const form = new FormData();
  for (const file of files) form.append('files', file, file.name);
  form.append('caption', caption);
  form.append('chatId', String(chatId));
  form.append('asFiles', String(asFiles));
  if (replyTo !== undefined) form.append('replyTo', String(replyTo));
  return send(`people/${personId}/uploads`, { method: 'POST', headers: mark, body: form });
}
