import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, chownSync, existsSync, lstatSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { obstacle } from '#database/obstacle.ts';
import { asOwner, databaseOwner, type Owner } from '#database/embedded/owner.server.ts';
import type { Major } from '#database/embedded/binaries.server.ts';

/** An embedded database: which folder, which PostgreSQL. */
export interface Place {
	/** Absolute; holds database/, log/, and run/ where its path is short enough. */
	readonly folder: string;
	readonly major: Major;
	/** False only for tests: then nothing waits for the disk. */
	readonly durable: boolean;
	/** Milliseconds for which the server outlives the last process that used it. */
	readonly linger: number;
}

export const placeIn = (folder: string): Place => ({ folder, major: '18', durable: true, linger: 2000 });

export const databaseFolder = (place: Place): string => join(place.folder, 'database');
export const logFile = (place: Place): string => join(place.folder, 'log', 'postgres.log');

/** Where the sockets are. A socket's path must stay under 107 bytes, so that a long one moves to /tmp. */
export function socketFolder(place: Place): string {
	const beside = join(place.folder, 'run');
	if (Buffer.byteLength(beside) <= 85) return beside;
	return join('/tmp', `open-talks-${createHash('sha256').update(place.folder).digest('hex').slice(0, 16)}`);
}

/** Makes the folders with their owners and modes, or refuses with the reason. */
export function prepareFolders(place: Place): Owner {
	const owner = databaseOwner();
	const folder = place.folder;
	try {
		mkdirSync(folder, { recursive: true, mode: owner.isOther ? 0o711 : 0o700 });
		// the database's user must pass through, not look
		if (owner.isOther && statSync(folder).uid === 0) chmodSync(folder, statSync(folder).mode | 0o011);
		mkdirSync(join(folder, 'log'), { recursive: true, mode: 0o700 });
	} catch (error) {
		const { code, message } = error as NodeJS.ErrnoException;
		if (code === 'ENOSPC') throw obstacle('disk-full', { folder }, error);
		throw obstacle('folder-not-writable', { folder, who: databaseRunner(), reason: message }, error);
	}
	if (owner.isOther && spawnSync('/bin/sh', ['-c', 'cd "$1"', 'sh', folder], { ...asOwner(owner), cwd: '/' }).status !== 0)
		throw obstacle('folder-unreachable', { who: owner.name, folder });
	const database = databaseFolder(place);
	if (existsSync(database) && statSync(database).uid !== owner.uid)
		throw obstacle('folder-of-other', { folder, owner: nameOf(statSync(database).uid) });
	ownFolder(socketFolder(place), owner);
	return owner;
}

/** Makes a folder for the database's user alone. In /tmp someone else may have made it before us: that is refused. */
export function ownFolder(folder: string, owner: Owner): void {
	try {
		mkdirSync(folder, { mode: 0o700 });
		if (owner.isOther) chownSync(folder, owner.uid, owner.gid);
	} catch (error) {
		const { code, message } = error as NodeJS.ErrnoException;
		if (code === 'ENOSPC') throw obstacle('disk-full', { folder }, error);
		if (code !== 'EEXIST') throw obstacle('folder-not-writable', { folder, who: databaseRunner(), reason: message }, error);
		const found = lstatSync(folder);
		if (!found.isDirectory() || (found.uid !== owner.uid && found.uid !== 0))
			throw obstacle('folder-of-other', { folder, owner: nameOf(found.uid) });
		if (owner.isOther && found.uid === 0) chownSync(folder, owner.uid, owner.gid);
		chmodSync(folder, 0o700);
	}
}

function databaseRunner(): string {
	const owner = databaseOwner();
	return owner.isOther ? 'root' : owner.name;
}

function nameOf(uid: number): string {
	const line = readFileSync('/etc/passwd', 'utf8')
		.split('\n')
		.find((entry) => entry.split(':')[2] === String(uid));
	return line?.split(':')[0] ?? `number ${uid}`;
}
