import { weightAt } from './weight.ts';

// loaded into a process that is to be weighed (`--import`): asked for by a message, it says what it weighs
process.on('message', (asked: { readonly done: number }) => {
	process.send?.(weightAt(asked.done));
});
// whoever is weighed ends when its work does
process.channel?.unref();
