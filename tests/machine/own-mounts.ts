import { spawn, spawnSync } from 'node:child_process';
import { projectFolder } from '#database/project.server.ts';

const isRoot = process.getuid?.() === 0;

/** Why no file systems of our own can be mounted here, or null where they can. */
export function whyNoMounts(): string | null {
	if (process.platform !== 'linux') return `file systems of a test's own need Linux, this is ${process.platform}`;
	const [program, ...words] = unshared('mount -t tmpfs none /mnt && true', []);
	const tried = spawnSync(program!, words, { encoding: 'utf8' });
	return tried.status === 0
		? null
		: `no file system can be mounted here: ${(tried.stderr || tried.error?.message || 'unshare failed').trim()}`;
}

export interface Ended {
	readonly status: number | null;
	readonly out: string;
	readonly err: string;
}

/**
 * Runs `sh -c "<mounts> && exec <program>"` with mounts that nobody else sees and that are gone with the last process. An ordinary user
 * mounts in a user namespace, and is itself again when the program runs.
 */
export function runInOwnMounts(
	mounts: string,
	program: readonly string[],
	environment: Record<string, string> = {}
): Promise<Ended> {
	const [first, ...words] = unshared(mounts, program);
	// not the channel of the test runner
	const { NODE_TEST_CONTEXT: _, ...rest } = process.env;
	const child = spawn(first!, words, { cwd: projectFolder, env: { ...rest, ...environment }, stdio: ['ignore', 'pipe', 'pipe'] });
	const ended = { status: null as number | null, out: '', err: '' };
	child.stdout.on('data', (piece: Buffer) => (ended.out += piece.toString()));
	child.stderr.on('data', (piece: Buffer) => (ended.err += piece.toString()));
	return new Promise((resolve, reject) => child.once('error', reject).once('exit', (status) => resolve({ ...ended, status })));
}

function unshared(mounts: string, program: readonly string[]): string[] {
	if (isRoot)
		return ['unshare', '--mount', 'sh', '-c', `${mounts} && exec "$@"`, 'sh', ...(program.length > 0 ? program : ['true'])];
	const self = ['unshare', '--user', `--map-user=${process.getuid!()}`, `--map-group=${process.getgid!()}`];
	return ['unshare', '--user', '--map-root-user', '--mount', 'sh', '-c', `${mounts} && exec "$@"`, 'sh', ...self].concat(
		program.length > 0 ? program : ['true']
	);
}
