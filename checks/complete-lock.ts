// A registry that lags behind may lack some of the packages that carry a binary for another platform. `npm install` then leaves them
// out of the lock file, and `npm ci` refuses that lock ("Missing: … from lock file"). This adds the entries that a complete registry
// gives; npm skips them by operating system and processor. Idempotent. With --check it changes nothing and exits 1 if one is missing.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const systems: Readonly<Record<string, string>> = {
	android: 'android',
	darwin: 'darwin',
	freebsd: 'freebsd',
	linux: 'linux',
	win32: 'win32',
	windows: 'win32',
	openharmony: 'openharmony',
	sunos: 'sunos',
	aix: 'aix',
	netbsd: 'netbsd',
	openbsd: 'openbsd',
	wasm32: 'wasm',
	wasi: 'wasm'
};
const processors = ['x64', 'arm64', 'arm', 'ia32', 'ppc64', 'riscv64', 's390x', 'loong64'];

interface Entry {
	version?: string;
	dev?: boolean;
	optional?: boolean;
	os?: string[];
	cpu?: string[];
	libc?: string[];
	optionalDependencies?: Record<string, string>;
}

export interface Lock {
	packages: Record<string, Entry>;
}

/** Returns the names of the entries that had to be added to `lock` (changed in place). */
export function completeLock(lock: Lock): string[] {
	const added: string[] = [];
	for (const [where, entry] of Object.entries({ ...lock.packages })) {
		for (const [name, range] of Object.entries(entry.optionalDependencies ?? {})) {
			if (isLocked(lock, where, name)) continue;
			const words = name.split(/[-/]/);
			const system = words.map((word) => systems[word]).find(Boolean);
			const processor = words.find((word) => processors.includes(word));
			const version = range.replace(/^[\^~=]/, '');
			if (!system || !/^\d+\.\d+\.\d+[\w.-]*$/.test(version))
				throw new Error(`cannot tell the platform or version of ${name}@${range}, wanted by ${where}`);
			lock.packages[`node_modules/${name}`] = {
				version,
				...(processor && { cpu: [processor] }),
				...(entry.dev && { dev: true }),
				...(name.includes('musl') && { libc: ['musl'] }),
				optional: true,
				os: [system]
			};
			added.push(name);
		}
	}
	if (added.length > 0) lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1)));
	return added;
}

function isLocked(lock: Lock, where: string, name: string): boolean {
	for (
		let folder = where;
		;
		folder = folder.includes('/node_modules/') ? folder.slice(0, folder.lastIndexOf('/node_modules/')) : ''
	) {
		if (lock.packages[`${folder ? `${folder}/` : ''}node_modules/${name}`]) return true;
		if (folder === '') return false;
	}
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
	const file = fileURLToPath(new URL('../package-lock.json', import.meta.url));
	const lock = JSON.parse(readFileSync(file, 'utf8')) as Lock;
	const added = completeLock(lock);
	const checking = process.argv.includes('--check');
	if (added.length > 0 && !checking) writeFileSync(file, `${JSON.stringify(lock, null, '\t')}\n`);
	console.log(`${added.length} platform entries ${checking ? 'missing' : 'added'}`);
	if (added.length > 0 && checking) process.exitCode = 1;
}
