import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Bulletin, knownBy } from './bulletin.server.ts';

const words = { event: 'ideas', data: '["Build exchange points"]' };
const figures = (opinions: number) => ({ event: 'figures', data: JSON.stringify({ opinions }) });

test('a bulletin is encoded once for all who lack the same', () => {
	const bulletin = new Bulletin([words, figures(1)]);
	assert.equal(bulletin.bytesFor([]), bulletin.bytesFor(['another', 'name']));
	assert.equal(bulletin.bytesFor(bulletin.digests), null);
});

test('who has a part already is sent the other alone, and then has the whole', () => {
	const [before, now] = [new Bulletin([words, figures(1)]), new Bulletin([words, figures(2)])];
	assert.equal(
		before.bytesFor([])?.toString(),
		`event: ideas\ndata: ["Build exchange points"]\n\nevent: figures\ndata: {"opinions":1}\nid: ${before.digests.join('.')}\n\n`
	);
	assert.equal(
		now.bytesFor(before.digests)?.toString(),
		`event: figures\ndata: {"opinions":2}\nid: ${now.digests.join('.')}\n\n`
	);
});

test('two processes that read the same give it the same name', () => {
	const [here, there] = [new Bulletin([words, figures(1)]), new Bulletin([words, figures(1)])];
	assert.equal(there.bytesFor(knownBy(here.digests.join('.'))), null);
});

test('a name that is none of ours is as none', () => {
	for (const name of [null, undefined, '', '7', 'a.b', `${'x'.repeat(12)}.`, `${'x'.repeat(12)}.`.repeat(100), '../../etc'])
		assert.deepEqual(knownBy(name), [], String(name));
});
