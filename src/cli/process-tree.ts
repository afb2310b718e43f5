import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The processes that a running product consists of, in the order in which they are to be killed: who could clean up goes first. */
export function treeOf(bootstrap: number, data: string): number[] {
	const server = Number(readFileSync(join(data, 'database', 'postmaster.pid'), 'utf8').split('\n')[0]);
	const parents = parentsOfAll();
	const keeper = parents.get(server);
	if (keeper === undefined || keeper <= 1) throw new Error('the keeper of the database was not found');
	return [keeper, ...below(keeper, parents), bootstrap, ...below(bootstrap, parents)];
}

function parentsOfAll(): Map<number, number> {
	const parents = new Map<number, number>();
	for (const name of readdirSync('/proc')) {
		if (!/^\d+$/.test(name)) continue;
		try {
			// the name of the program stands in brackets and may contain anything
			const [, parent] = /.*\) \S (\d+)/s.exec(readFileSync(`/proc/${name}/stat`, 'utf8'))!;
			parents.set(Number(name), Number(parent));
		} catch {
			// gone meanwhile
		}
	}
	return parents;
}

function below(pid: number, parents: ReadonlyMap<number, number>): number[] {
	const children = [...parents].filter(([, parent]) => parent === pid).map(([child]) => child);
	return children.flatMap((child) => [child, ...below(child, parents)]);
}
