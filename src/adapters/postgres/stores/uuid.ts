/** Ids come from buttons and command lines: what is no UUID is the id of nothing, not an error of the database. */
export const isUuid = (text: string): boolean => /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
