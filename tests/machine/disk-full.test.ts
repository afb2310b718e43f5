import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { runInOwnMounts, whyNoMounts } from './own-mounts.ts';

const disk = mkdtempSync(join(tmpdir(), 'open-talks-small-disk-'));
chmodSync(disk, 0o755);
after(() => rmSync(disk, { recursive: true, force: true }));

test('on a full disk writes are refused, the next start says so in a sentence, and nothing that was acknowledged is lost', async (t) => {
	const reason = whyNoMounts();
	if (reason !== null) return t.skip(reason);
	const { status, out, err } = await runInOwnMounts(`mount -t tmpfs -o size=190m,mode=755 none ${disk}`, [
		process.execPath,
		join(import.meta.dirname, 'filling.ts'),
		disk
	]);
	assert.equal(status, 0, err);
	const told = JSON.parse(out.trim().split('\n').at(-1)!) as {
		acknowledged: number;
		kept: number;
		reason: string;
		refused: unknown;
	};
	assert.ok(told.acknowledged >= 50, `only ${told.acknowledged} rows fitted`);
	assert.equal(told.kept, told.acknowledged);
	assert.match(told.reason, /No space left on device|terminated|closed/);
	assert.deepEqual(told.refused, {
		code: 'disk-full',
		message: `No space is left on the disk of ${disk}/data. Make room and start again; nothing that was acknowledged is lost.`
	});
});
