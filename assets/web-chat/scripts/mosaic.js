/** Most pictures in a row, and the space between them, of a mosaic 100 wide. */
const longestRow = 4;
/** Height that a whole mosaic should come near, for a width of 1. */
const wantedHeight = 1;

/**
 * Places pictures in rows that fill the width, as clients do with albums. Takes their width/height ratios;
 * gives for each `left`, `top`, `width`, `height` in parts of the whole, and the whole's height for a width of 1.
 */
export function arrange(ratios) {
  const tame = ratios.map((ratio) => Math.min(2.2, Math.max(0.55, ratio)));
  if (tame.length === 3 && tame[0] < 0.9) return firstLeft(tame);
  return best(splits(tame.length).map((rows) => inRows(tame, rows)));
}

/** One tall picture on the left, the others stacked beside it. */
function firstLeft([first, ...others]) {
  const stack = others.reduce((sum, ratio) => sum + 1 / Math.max(0.8, ratio), 0);
  const width = Math.min(0.66, Math.max(0.5, 1 / (1 + 1 / (first * stack))));
  const height = Math.min(1.2, width / first);
  const places = [{ left: 0, top: 0, width, height: 1 }];
  for (const [index] of others.entries()) {
    places.push({ left: width, top: index / others.length, width: 1 - width, height: 1 / others.length });
  }
  return { height, places };
}

/** Every way to cut `count` pictures into rows, as lists of row lengths. */
function splits(count) {
  if (count === 0) return [[]];
  const all = [];
  for (let length = 1; length <= Math.min(longestRow, count); length += 1) {
    for (const rest of splits(count - length)) all.push([length, ...rest]);
  }
  return all;
}

function inRows(ratios, rows) {
  const heights = [];
  const places = [];
  let start = 0;
  for (const length of rows) {
    const row = ratios.slice(start, start + length);
    const sum = row.reduce((total, ratio) => total + ratio, 0);
    const top = heights.reduce((total, height) => total + height, 0);
    let left = 0;
    for (const ratio of row) {
      places.push({ left, top, width: ratio / sum, height: 1 / sum });
      left += ratio / sum;
    }
    heights.push(1 / sum);
    start += length;
  }
  const height = heights.reduce((total, each) => total + each, 0);
  const scaled = places.map((place) => ({
    ...place,
    top: place.top / height,
    height: place.height / height,
  }));
  return { height, places: scaled, rows, heights };
}

/** Near the wanted height, rows of like height, never a lone picture under a full row. */
function best(layouts) {
  const cost = ({ height, rows, heights }) => {
    const uneven = Math.max(...heights) - Math.min(...heights);
    const growing = rows.some((length, index) => index > 0 && length < rows[index - 1]) ? 0.15 : 0;
    return Math.abs(height - wantedHeight) + uneven * 0.6 + growing;
  };
  return layouts.reduce((chosen, layout) => (cost(layout) < cost(chosen) ? layout : chosen));
}
