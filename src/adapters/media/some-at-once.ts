/** Does something with each, so many together. All take from the same row: nobody waits for a slow one. */
export async function someAtOnce<Item>(
  items: Iterable<Item>,
  most: number,
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const next = items[Symbol.iterator]();
  const workOnSome = async () => {
    for (let item = next.next(); item.done !== true; item = next.next()) await work(item.value);
  };
  await Promise.all(Array.from({ length: most }, workOnSome));
}
