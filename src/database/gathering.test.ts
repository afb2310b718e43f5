import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Gathering } from '#database/gathering.ts';

test('who asks while a question is on its way shares the next, and is told what was so after they asked', async () => {
	const asked: number[][] = [];
	const goOn: (() => void)[] = [];
	let now = 0;
	const gathering = new Gathering<number, string>(async (keys) => {
		asked.push([...keys]);
		const then = now;
		await new Promise<void>((resolve) => goOn.push(resolve));
		return new Map(keys.filter((key) => key < 9).map((key) => [key, `${key} at ${then}`]));
	});
	const first = gathering.ask(1);
	now = 1;
	const others = [gathering.ask(2), gathering.ask(1), gathering.ask(2), gathering.ask(9)];
	goOn[0]!();
	assert.equal(await first, '1 at 0');
	goOn[1]!();
	assert.deepEqual(await Promise.all(others), ['2 at 1', '1 at 1', '2 at 1', undefined]);
	assert.deepEqual(asked, [[1], [2, 1, 9]]);
	const later = gathering.ask(3);
	goOn[2]!();
	assert.equal(await later, '3 at 1');
});

test('a question that fails fails for those who shared it, and for nobody after', async () => {
	let isBroken = true;
	const gathering = new Gathering<string, number>(async (keys) => {
		await Promise.resolve();
		if (isBroken) throw new Error('not there');
		return new Map(keys.map((key) => [key, key.length]));
	});
	await assert.rejects(gathering.ask('one'), /not there/);
	isBroken = false;
	assert.equal(await gathering.ask('three'), 5);
});
