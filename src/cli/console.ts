import { parseArgs, type ParseArgsOptionsConfig } from 'node:util';
import { printable } from '#languages/printable.ts';

/** Progress, reasons, anything that is no figure. */
export function note(sentence: string): void {
	process.stderr.write(`${printable(sentence, '\n\t')}\n`);
}

/** A line of what was found, which may hold words from elsewhere. */
export function line(found: string): void {
	process.stdout.write(`${printable(found, '\t')}\n`);
}

/** The last line of a verb with figures. */
export function result(figures: object): void {
	process.stdout.write(`${JSON.stringify(figures)}\n`);
}

/** The words after a verb; what is asked wrongly ends with status 2 and shows how. */
export function read<T extends ParseArgsOptionsConfig>(words: readonly string[], options: T, things: number) {
	let parsed;
	try {
		parsed = parseArgs({ args: [...words], options, allowPositionals: true, strict: true });
	} catch (error) {
		throw wrong(error instanceof Error ? error.message : String(error));
	}
	if (parsed.positionals.length !== things)
		throw wrong(`${things === 0 ? 'Nothing' : things} expected, ${parsed.positionals.length} given.`);
	return parsed;
}

/** Thrown where a verb was asked in a way that it does not understand. */
export function wrong(sentence: string): Error {
	return Object.assign(new Error(sentence), { name: 'AskedWrongly' });
}

export function asked(error: unknown): error is Error {
	return error instanceof Error && error.name === 'AskedWrongly';
}

export const seconds = (milliseconds: number): string => `${(milliseconds / 1000).toFixed(1)} s`;

/** Resolves at Ctrl-C, at a request to end, or when the terminal or the parent is gone; later ones are taken in silence. */
export function untilAskedToEnd(): Promise<NodeJS.Signals> {
	return new Promise((resolve) => {
		for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, resolve);
	});
}
