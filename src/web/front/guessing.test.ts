import assert from 'node:assert/strict';
import { test } from 'node:test';
import { refusal } from '#refusals/refusal.ts';
import { guessed } from './guessing.server.ts';
import { Limits, rates } from './limits.server.ts';

function aNetwork() {
	const clock = { now: 0 };
	const context = { limits: new Limits(), now: () => clock.now };
	const event = { platform: { req: { openTalks: { context, address: '192.0.2.1' } } } };
	return { clock, event };
}

const right = () => Promise.resolve('the topic');
const wrong = () => Promise.reject(refusal('not-found'));
const { burst } = rates.guessing;

test('300 people behind one address use what is right, and nothing of it counts as a guess', async () => {
	const { event } = aNetwork();
	for (let person = 0; person < 300; person++) assert.equal(await guessed(event, right), 'the topic');
});

test('what is wrong costs a guess of the network; when there is none left even what is right must wait', async () => {
	const { event, clock } = aNetwork();
	for (let tried = 0; tried < burst; tried++) await assert.rejects(guessed(event, wrong), { code: 'not-found' });
	await assert.rejects(guessed(event, right), { code: 'too-many-requests', values: { seconds: 5 } });
	clock.now = 5000;
	assert.equal(await guessed(event, right), 'the topic');
});

test('many guesses at once are paid for afterwards', async () => {
	const { event, clock } = aNetwork();
	await Promise.allSettled(Array.from({ length: burst + 10 }, () => guessed(event, wrong)));
	clock.now = 50_000;
	await assert.rejects(guessed(event, right), { code: 'too-many-requests' });
	clock.now = 55_000;
	assert.equal(await guessed(event, right), 'the topic');
});

test('a refusal that says nothing about the code costs nothing; an answer may say that it was wrong', async () => {
	const { event } = aNetwork();
	const closed = () => Promise.reject(refusal('invitation-used'));
	for (let tried = 0; tried < burst + 1; tried++) await assert.rejects(guessed(event, closed), { code: 'invitation-used' });
	for (let tried = 0; tried < burst; tried++) await guessed(event, right, () => true);
	await assert.rejects(guessed(event, right), { code: 'too-many-requests' });
});
