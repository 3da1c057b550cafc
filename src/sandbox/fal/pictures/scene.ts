/** A landscape that looks different for every seed: sky, sun or moon, hills, and something on them. */
export function drawScene(width: number, height: number, random: () => number): string {
  const hue = random() * 360;
  const night = random() < 0.3;
  const sky = night
    ? [color(hue, 45, 14), color(hue + 30, 45, 32)]
    : [color(hue, 62, 58), color(hue + 45, 75, 84)];
  const horizon = height * (0.42 + random() * 0.14);
  return [
    gradient('sky', sky[0] ?? '', sky[1] ?? ''),
    `<rect width="${width}" height="${height}" fill="url(#sky)"/>`,
    night ? stars(width, horizon, random) : clouds(width, horizon, random),
    disc(width, horizon, random, night),
    hills(width, height, horizon, random, hue + 150 + random() * 60, night),
  ].join('');
}

export function color(hue: number, saturation: number, lightness: number, alpha = 1): string {
  const turned = Math.round(((hue % 360) + 360) % 360);
  return `hsla(${turned},${Math.round(saturation)}%,${Math.round(lightness)}%,${alpha})`;
}

export function gradient(id: string, from: string, to: string): string {
  return (
    `<linearGradient id="${id}" x1="0" y1="0" x2="0" y2="1">` +
    `<stop offset="0" stop-color="${from}"/><stop offset="1" stop-color="${to}"/></linearGradient>`
  );
}

function stars(width: number, horizon: number, random: () => number): string {
  return Array.from({ length: 70 }, () => {
    const radius = Math.max(0.6, width * (0.0006 + random() * 0.0018));
    return `<circle cx="${px(random() * width)}" cy="${px(random() * horizon)}" r="${px(radius)}" fill="#fff" opacity="${(0.4 + random() * 0.6).toFixed(2)}"/>`;
  }).join('');
}

function clouds(width: number, horizon: number, random: () => number): string {
  return Array.from({ length: 4 }, () => {
    const [x, y] = [random() * width, horizon * (0.12 + random() * 0.6)];
    const size = width * (0.03 + random() * 0.04);
    const puffs = [-1.3, -0.4, 0.5, 1.4].map((at, index) => {
      const radius = size * (index === 1 || index === 2 ? 1 : 0.68);
      return `<circle cx="${px(x + at * size)}" cy="${px(y - radius * 0.55)}" r="${px(radius)}"/>`;
    });
    return `<g fill="#fff" opacity="0.55">${puffs.join('')}</g>`;
  }).join('');
}

function disc(width: number, horizon: number, random: () => number, night: boolean): string {
  const [x, y] = [width * (0.12 + random() * 0.76), horizon * (0.22 + random() * 0.6)];
  const radius = Math.min(width, horizon) * (0.09 + random() * 0.08);
  const fill = night ? '#f4f1de' : color(random() * 40 + 20, 95, 72);
  const glow = [2.2, 1.55].map(
    (times) =>
      `<circle cx="${px(x)}" cy="${px(y)}" r="${px(radius * times)}" fill="${fill}" opacity="0.14"/>`,
  );
  return `${glow.join('')}<circle cx="${px(x)}" cy="${px(y)}" r="${px(radius)}" fill="${fill}"/>`;
}

function hills(
  width: number,
  height: number,
  horizon: number,
  random: () => number,
  hue: number,
  night: boolean,
): string {
  const layers = 4;
  return Array.from({ length: layers }, (_, layer) => {
    const base = horizon + ((height - horizon) * layer) / (layers + 0.6);
    const swing = (height - horizon) * (0.3 - layer * 0.045);
    const points = Array.from({ length: 6 }, (_, index) => ({
      x: (width * index) / 5,
      y: base + (random() - 0.5) * swing,
    }));
    const lightness = (night ? 34 : 66) - layer * (night ? 6 : 11);
    const fill = color(hue + layer * 9, 30 + layer * 6, lightness);
    return `<path d="${wave(points)}L${width} ${height}L0 ${height}Z" fill="${fill}"/>${trees(points, height, random, layer, fill)}`;
  }).join('');
}

function wave(points: readonly { x: number; y: number }[]): string {
  return points
    .map((point, index) => {
      const before = points[index - 1];
      if (before === undefined) return `M${px(point.x)} ${px(point.y)}`;
      const middle = (before.x + point.x) / 2;
      return `C${px(middle)} ${px(before.y)} ${px(middle)} ${px(point.y)} ${px(point.x)} ${px(point.y)}`;
    })
    .join('');
}

function trees(
  points: readonly { x: number; y: number }[],
  height: number,
  random: () => number,
  layer: number,
  fill: string,
): string {
  if (layer === 0) return '';
  return points
    .slice(1, -1)
    .flatMap(({ x, y }) => {
      if (random() < 0.35) return [];
      const size = height * (0.02 + layer * 0.016) * (0.7 + random() * 0.6);
      return [0, 0.5].map((up) => {
        const [top, half] = [y - size * (2.2 + up), size * (0.75 - up * 0.35)];
        return `<path d="M${px(x)} ${px(top)}L${px(x + half)} ${px(y + 4 - size * up * 1.6)}L${px(x - half)} ${px(y + 4 - size * up * 1.6)}Z" fill="${fill}"/>`;
      });
    })
    .join('');
}

export function px(value: number): string {
  return value.toFixed(1);
}
