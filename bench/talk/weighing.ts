import { readFileSync } from 'node:fs';

/** A process at one moment. */
export interface Weight {
	readonly minute: number;
	readonly mebibytes: number;
}

/** Weighs a process again and again until stopped; one that has ended weighs nothing any more. */
export function weigh(
	pid: number,
	everyMilliseconds: number
): { readonly weights: readonly Weight[]; readonly stop: () => void } {
	const weights: Weight[] = [];
	const began = performance.now();
	const timer = setInterval(() => {
		const mebibytes = residentOf(pid);
		if (mebibytes !== null) weights.push({ minute: (performance.now() - began) / 60_000, mebibytes });
	}, everyMilliseconds);
	return { weights, stop: () => clearInterval(timer) };
}

/** What was weighed after the first third, in which caches fill and code is compiled. */
export function settled(weights: readonly Weight[]): Weight[] {
	const end = weights.at(-1)?.minute ?? 0;
	return weights.filter(({ minute }) => minute > end / 3);
}

/** Least squares, mebibytes a minute. */
export function slope(points: readonly Weight[]): number {
	const mean = (pick: (point: Weight) => number) => points.reduce((sum, point) => sum + pick(point), 0) / points.length;
	const [x, y] = [mean(({ minute }) => minute), mean(({ mebibytes }) => mebibytes)];
	const over = points.reduce((sum, { minute, mebibytes }) => sum + (minute - x) * (mebibytes - y), 0);
	return over / points.reduce((sum, { minute }) => sum + (minute - x) ** 2, 0);
}

function residentOf(pid: number): number | null {
	try {
		const kibibytes = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
		return kibibytes === undefined ? null : Number(kibibytes) / 1024;
	} catch {
		return null;
	}
}
