import { element } from './dom.js';

/** Pictures of equal size in a row, or three and four of them in two rows. */
export function sideBySide(pictures) {
  const columns = pictures.length > 2 ? 2 : pictures.length;
  const { width, height } = pictures[0];
  const all = element('canvas', { width: columns * width, height: Math.ceil(pictures.length / columns) * height });
  const context = all.getContext('2d');
  pictures.forEach((picture, i) => {
    context.drawImage(picture, (i % columns) * width, Math.floor(i / columns) * height);
  });
  return all;
}

/** Offers a canvas for download as a PNG file. */
export function save(canvas, name) {
  canvas.toBlob((blob) => offer(blob, name), 'image/png');
}

/** Offers bytes for download. */
export function offer(blob, name) {
  const link = element('a', { href: URL.createObjectURL(blob), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}
