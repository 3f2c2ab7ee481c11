import { element } from './dom.js';

/** Pictures of equal height in a row. */
export function sideBySide(pictures) {
  const width = pictures.reduce((sum, picture) => sum + picture.width, 0);
  const row = element('canvas', { width, height: pictures[0].height });
  const context = row.getContext('2d');
  let x = 0;
  for (const picture of pictures) {
    context.drawImage(picture, x, 0);
    x += picture.width;
  }
  return row;
}

/** Offers a canvas for download as a PNG file. */
export function save(canvas, name) {
  canvas.toBlob((blob) => {
    const link = element('a', { href: URL.createObjectURL(blob), download: name });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  }, 'image/png');
}
