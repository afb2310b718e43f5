import { readFileSync } from 'node:fs';
import { userInfo } from 'node:os';

/** As whom the database runs. */
export interface Owner {
	readonly name: string;
	readonly uid: number;
	readonly gid: number;
	/** Whether this is another user than the one who runs the program (who is root then). */
	readonly isOther: boolean;
}

/** PostgreSQL refuses root: then it runs as `postgres`, or as `nobody` where there is no such user. */
export function databaseOwner(): Owner {
	const { uid, gid, username } = userInfo();
	if (uid !== 0) return { name: username, uid, gid, isOther: false };
	const users = readFileSync('/etc/passwd', 'utf8')
		.split('\n')
		.map((line) => line.split(':'));
	for (const name of ['postgres', 'nobody']) {
		const user = users.find(([login]) => login === name);
		if (user) return { name, uid: Number(user[2]), gid: Number(user[3]), isOther: true };
	}
	return { name: 'nobody', uid: 65534, gid: 65534, isOther: true };
}

/** The C library of a Mac has no C.UTF-8. */
export const plainLocale = process.platform === 'darwin' ? 'C' : 'C.UTF-8';

/** What a program that is started as the owner needs. Only the named variables, so that nothing else of ours leaks into the server. */
export function asOwner(owner: Owner) {
	return {
		...(owner.isOther && { uid: owner.uid, gid: owner.gid }),
		env: { PATH: process.env.PATH ?? '/usr/bin:/bin', LC_ALL: plainLocale, TZ: 'UTC' }
	};
}
