import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import test from 'node:test';
import { solveChallenge } from 'altcha-lib';
import { deriveKey } from 'altcha-lib/algorithms/sha';
import { Proofs } from './proof.server.ts';

const proofs = new Proofs(randomBytes(32));

test('a solved computation is taken once, by the instance that asked for it', async () => {
	const challenge = await proofs.challenge();
	const solution = await solveChallenge({ challenge, deriveKey });
	const proof = JSON.stringify({ challenge, solution });
	assert.equal(await new Proofs(randomBytes(32)).isSolved(proof), false);
	assert.equal(await proofs.isSolved(proof), true);
	assert.equal(await proofs.isSolved(proof), false);
});

test('nothing, rubbish, an easier task and a guess are no proof', async () => {
	const challenge = await proofs.challenge();
	const easier = { ...challenge, parameters: { ...challenge.parameters, keyPrefix: '0' } };
	const solved = await solveChallenge({ challenge: easier, deriveKey });
	const rubbish = ['', '{', 'null', '[]', '{"challenge":{},"solution":{}}', 'x'.repeat(5000)];
	const guesses = [
		JSON.stringify({ challenge, solution: { counter: 1, derivedKey: '0000' } }),
		JSON.stringify({ challenge: easier, solution: solved }),
		JSON.stringify({ challenge: { parameters: challenge.parameters }, solution: solved })
	];
	for (const proof of [...rubbish, ...guesses]) assert.equal(await proofs.isSolved(proof), false, proof.slice(0, 60));
});
