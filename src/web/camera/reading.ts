/** The text of a code that the camera sees now; null where it sees none. */
export type CodeReader = (video: HTMLVideoElement) => Promise<string | null>;

interface Detector {
	detect(source: HTMLVideoElement): Promise<{ rawValue: string }[]>;
}
interface DetectorMaker {
	new (wishes: { formats: string[] }): Detector;
	getSupportedFormats(): Promise<string[]>;
}

/** The browser's own reader where it has one; iPhones and Firefox have none, and load ours when their camera opens. */
export async function codeReader(): Promise<CodeReader> {
	const maker = (globalThis as { BarcodeDetector?: DetectorMaker }).BarcodeDetector;
	const formats = maker ? await maker.getSupportedFormats().catch(() => []) : [];
	if (maker && formats.includes('qr_code')) {
		const detector = new maker({ formats: ['qr_code'] });
		return async (video) => (await detector.detect(video).catch(() => []))[0]?.rawValue ?? null;
	}
	const { codeIn } = await import('./codes.ts');
	const canvas = document.createElement('canvas');
	const paint = canvas.getContext('2d', { willReadFrequently: true })!;
	return (video) => {
		const { videoWidth: width, videoHeight: height } = video;
		if (width === 0 || height === 0) return Promise.resolve(null);
		Object.assign(canvas, { width, height });
		paint.drawImage(video, 0, 0);
		return Promise.resolve(codeIn(paint.getImageData(0, 0, width, height)));
	};
}
