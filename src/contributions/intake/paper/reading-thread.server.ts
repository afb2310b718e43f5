import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { parentPort, workerData } from 'node:worker_threads';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';

// the thread that reading.server.ts starts: one picture, one answer. The program that reads lies in the package; nothing is fetched.
const wasm = await readFile(createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm'));
await prepareZXingModule({ overrides: { wasmBinary: new Uint8Array(wasm).buffer }, fireImmediately: true });
// first as most pictures are; then what is grainy, then what lies in even but little light
const attempts = [{}, { tryDenoise: true }, { binarizer: 'GlobalHistogram', downscaleFactor: 2 }] as const;
let texts: string[] = [];
for (const attempt of attempts) {
	const wishes = { formats: ['QRCode' as const], tryHarder: true, maxNumberOfSymbols: 8, ...attempt };
	const found = await readBarcodes(workerData as Uint8Array, wishes);
	texts = found.filter(({ isValid }) => isValid).map(({ text }) => text);
	if (texts.length > 0) break;
}
parentPort?.postMessage(texts);
