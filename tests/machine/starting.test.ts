import assert from 'node:assert/strict';
import { chownSync, chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { projectFolder } from '#database/project.server.ts';
import { runInOwnMounts, whyNoMounts, type Ended } from './own-mounts.ts';

const isRoot = process.getuid?.() === 0;
const folder = mkdtempSync(join(tmpdir(), 'open-talks-starting-'));
chmodSync(folder, 0o755);
after(() => rmSync(folder, { recursive: true, force: true }));
const program = [process.execPath, 'tests/machine/starting.ts'];

test('an ordinary user starts the product, sees a page and ends it, twice', async (t) => {
	const reason = isRoot ? (whyNoMounts() ?? whyNoOtherUser()) : null;
	if (reason !== null) return t.skip(reason);
	const [data, project] = [join(folder, 'data'), join(folder, 'project')];
	mkdirSync(data);
	mkdirSync(project);
	const environment = { OPEN_TALKS_DATA: data, HOME: data };
	// the project may lie where only root can go: it is shown at a second place
	const mounts = isRoot ? `mount --bind ${projectFolder} ${project} && cd ${project}` : 'true';
	const asNobody = isRoot ? ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups'] : [];
	if (isRoot) chownSync(data, 65534, 65534);
	const told = read(await runInOwnMounts(mounts, [...asNobody, ...program], environment));
	assert.equal(told.uid, isRoot ? 65534 : process.getuid?.());
	shouldHaveStartedTwice(told);
});

test('root starts the product in a folder that is closed to the user of the database: the data lies elsewhere, and that is said', async (t) => {
	const reason = isRoot ? whyNoMounts() : null;
	if (reason !== null) return t.skip(reason);
	// an ordinary user has no other user to run the database as: nothing can be closed to it
	if (!isRoot) return;
	const closed = join(folder, 'closed');
	mkdirSync(closed);
	// /var/lib too is one of the test's own
	const mounts = [
		`mount -t tmpfs -o mode=700 none ${closed}`,
		`mkdir ${closed}/project`,
		`mount --bind ${projectFolder} ${closed}/project`,
		'mount -t tmpfs -o mode=755 none /var/lib',
		`cd ${closed}/project`
	].join(' && ');
	const told = read(await runInOwnMounts(mounts, ['env', '-u', 'OPEN_TALKS_DATA', ...program]));
	assert.match(
		told.first.said,
		new RegExp(`cannot reach ${closed}/project/data: the data is in /var/lib/open-talks/[0-9a-f]{12}\\.`)
	);
	shouldHaveStartedTwice(told);
});

interface Told {
	readonly first: { said: string; page: number; status: number };
	readonly second: { said: string; page: number; status: number };
	readonly uid: number;
	readonly lastWords: string;
}

function read({ status, out, err }: Ended): Told {
	assert.equal(status, 0, err);
	return JSON.parse(out.trim().split('\n').at(-1)!) as Told;
}

function shouldHaveStartedTwice({ first, second, lastWords }: Told): void {
	assert.match(first.said, /migrations applied/);
	assert.deepEqual([first.page, first.status], [200, 0], first.said);
	assert.doesNotMatch(second.said, /migrations applied/);
	assert.deepEqual([second.page, second.status], [200, 0], second.said);
	assert.equal(lastWords, 'database system is shut down');
}

function whyNoOtherUser(): string | null {
	const isThere = existsSync('/etc/passwd') && readFileSync('/etc/passwd', 'utf8').includes('nobody');
	return isThere ? null : 'there is no user nobody on this machine';
}
