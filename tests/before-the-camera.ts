// A camera before which a test holds square codes: the browser's own stream of a canvas.
import type { Page } from 'playwright-core';
import { encode } from 'uqr';

/** Before the page is opened. */
export async function lendACamera(page: Page): Promise<void> {
	await page.addInitScript(() => {
		const canvas = Object.assign(document.createElement('canvas'), { width: 760, height: 700 });
		const paint = canvas.getContext('2d')!;
		let drawn: boolean[][] | undefined;
		setInterval(() => {
			const code = (globalThis as { heldCode?: boolean[][] }).heldCode ?? [];
			// a stream goes on as long as something changes
			paint.fillRect(0, 0, 1, 1);
			if (code === drawn) return;
			drawn = code;
			paint.fillStyle = '#aaa';
			paint.fillRect(0, 0, 760, 700);
			// as nobody holds it: turned, and not in the middle
			paint.setTransform(0.97, 0.17, -0.17, 0.97, 130, 20);
			const size = Math.floor(560 / Math.max(1, code.length));
			for (const [y, row] of code.entries())
				for (const [x, isDark] of row.entries()) {
					paint.fillStyle = isDark ? '#222' : '#eee';
					paint.fillRect(x * size, y * size, size, size);
				}
			paint.resetTransform();
		}, 100);
		Object.defineProperty(navigator.mediaDevices, 'getUserMedia', { value: () => Promise.resolve(canvas.captureStream(20)) });
	});
}

export async function holdBefore(page: Page, text: string): Promise<void> {
	const { data } = encode(text, { border: 4 });
	await page.evaluate((code) => void ((globalThis as { heldCode?: boolean[][] }).heldCode = code), data);
}
