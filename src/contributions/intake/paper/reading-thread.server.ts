import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { parentPort, workerData } from 'node:worker_threads';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';

// the thread that reading.server.ts starts: one picture, one answer. The program that reads lies in the package; nothing is fetched.
const wasm = await readFile(createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm'));
await prepareZXingModule({ overrides: { wasmBinary: new Uint8Array(wasm).buffer }, fireImmediately: true });
const found = await readBarcodes(workerData as Uint8Array, { formats: ['QRCode'], tryHarder: true, maxNumberOfSymbols: 8 });
parentPort?.postMessage(found.filter(({ isValid }) => isValid).map(({ text }) => text));
