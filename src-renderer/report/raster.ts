/** A drawing as the address of a picture; nothing is fetched for it. */
export function pictureAddress(svg: string): string {
  return `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
}

/** Draws a drawing onto a canvas from its upper left corner, so many pixels for each of its own. Rejects where it is not well formed. */
export async function drawPicture(canvas: HTMLCanvasElement, svg: string, scale: number): Promise<void> {
  const image = new Image();
  image.src = pictureAddress(svg);
  await image.decode();
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('There is no room to draw.');
  context.drawImage(image, 0, 0, image.naturalWidth * scale, image.naturalHeight * scale);
}

/** A drawing as PNG, two pixels for each of its own. Rejects where the browser has no room for it. */
export async function pngOf(svg: string, width: number, height: number): Promise<Uint8Array> {
  const scale = Math.min(2, 8000 / Math.max(width, height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.ceil(width * scale);
  canvas.height = Math.ceil(height * scale);
  await drawPicture(canvas, svg, scale);
  const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/png'));
  if (blob === null) throw new Error('The browser could not make the picture.');
  return new Uint8Array(await blob.arrayBuffer());
}
