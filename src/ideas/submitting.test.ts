import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import test from 'node:test';
import { countsOf } from '#activity/counting.server.ts';
import { contributionBy } from '#contributions/receiving.server.ts';
import { addressOf, codeOf, opens, receiptAt } from '#contributions/receipts/receipts.server.ts';
import { testDatabase } from '#database/test-database.server.ts';
import { editIdea, withdrawIdea } from '#ideas/editing.server.ts';
import { anIdeaDraft, anOpenTopic, aVisitor, temporaryKeys } from '#ideas/examples.server.ts';
import { ideaOfTopic } from '#ideas/one-idea.server.ts';
import { submitIdea } from '#ideas/submitting.server.ts';

const database = await testDatabase();
const keys = await temporaryKeys();
const author = aVisitor('author');

const claimOf = (participantNumber: number) => ({ claim: { participantNumber, contributionId: null }, actor: author });

test('an idea is kept in its own words, numbered, quoted whole and counted', async () => {
	const { topicId, questionId } = await anOpenTopic(database);
	const point = 'Éteindre n’est pas réparer 🌍 ';
	const draft = anIdeaDraft(topicId, {
		point,
		explanation: '**Why**',
		language: 'fr',
		questionId,
		attribution: 'named',
		name: 'Ada'
	});
	const sent = await submitIdea(database, keys, draft, author);
	assert.equal(sent.number, 1);
	const contribution = await contributionBy(database, topicId, sent.receipt.contributionId);
	assert.equal(contribution?.text, `${point}\n\n**Why**`);
	assert.equal(contribution.name, 'Ada');
	const digest = createHash('sha256').update(Buffer.from(contribution.nonce!, 'hex')).update(contribution.text).digest('hex');
	assert.equal(contribution.commitment, digest);
	const passage = await database.query(`select starts, ends, quote from passages where topic_id = $1`, [topicId]);
	assert.deepEqual(passage.rows, [{ starts: 0, ends: [...contribution.text].length, quote: contribution.text }]);
	assert.deepEqual(await countsOf(database, topicId), { ideas: 1, [`ideas-of-question ${questionId}`]: 1 });
});

test('a double click, two tabs and the back button add nothing twice, and show the same receipt', async () => {
	const { topicId } = await anOpenTopic(database);
	const draft = anIdeaDraft(topicId, { requestKey: 'form-1' });
	const clicks = await Promise.all([1, 2, 3].map(() => submitIdea(database, keys, draft, aVisitor('new'))));
	const later = await submitIdea(database, keys, draft, aVisitor('new'));
	assert.deepEqual(
		[...clicks, later].map(({ number }) => number),
		[1, 1, 1, 1]
	);
	assert.deepEqual(clicks.map(({ isNew }) => isNew).sort(), [false, false, true]);
	const codes = await Promise.all([...clicks, later].map(({ receipt }) => codeOf(keys, receipt)));
	assert.equal(new Set(codes).size, 1);
	assert.deepEqual(await countsOf(database, topicId), { ideas: 1 });
	const other = await submitIdea(database, keys, draft, aVisitor('another person with the same key'));
	assert.equal(other.number, 2);
});

test('a receipt opens with its code, however it is typed, and with no other', async () => {
	const { topicId } = await anOpenTopic(database);
	const { receipt } = await submitIdea(database, keys, anIdeaDraft(topicId), author);
	const code = await codeOf(keys, receipt);
	assert.match(code, /^([0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}$/);
	const found = await receiptAt(database, addressOf(receipt));
	assert.deepEqual(found, receipt);
	const typed = ` ${code.toLowerCase().replaceAll('-', '').replaceAll('0', 'o')} `;
	assert.deepEqual([await opens(database, receipt, typed), await opens(database, receipt, 'AAAA-AAAA-AAAA-AAAA')], [true, false]);
	assert.equal(await receiptAt(database, 'x'.repeat(43)), null);
});

test('what cannot be kept is refused by name, and nothing is written', async () => {
	const { topicId } = await anOpenTopic(database);
	const other = await anOpenTopic(database);
	const refused = [
		[{ point: '' }, 'unusable-text'],
		[{ point: ' \u200b ' }, 'unusable-text'],
		[{ point: 'x'.repeat(201) }, 'unusable-text'],
		[{ explanation: 'x'.repeat(10_000_000) }, 'unusable-text'],
		[{ point: 'a\0b' }, 'unusable-text'],
		[{ point: 'a\ud800b' }, 'unusable-text'],
		[{ language: 'french' }, 'unusable-text'],
		[{ attribution: 'named', name: ' ' }, 'unusable-text'],
		[{ questionId: other.questionId }, 'not-found']
	] as const;
	for (const [changes, code] of refused) {
		await assert.rejects(submitIdea(database, keys, anIdeaDraft(topicId, changes), author), { name: 'Refusal', code });
	}
	const { rows } = await database.query(`select from contributions where topic_id = $1`, [topicId]);
	assert.equal(rows.length, 0);
	const longest = anIdeaDraft(topicId, { point: '🌍'.repeat(200) });
	assert.equal((await submitIdea(database, keys, longest, author)).number, 1);
});

test('a stage that closed one second ago takes no ideas, nor does a draft or an unknown topic', async () => {
	const { topicId } = await anOpenTopic(database, { closesAt: new Date(Date.now() - 1000) });
	await assert.rejects(submitIdea(database, keys, anIdeaDraft(topicId), author), { code: 'stage-closed' });
	await database.query(`delete from topic_publications where topic_id = $1`, [topicId]);
	await assert.rejects(submitIdea(database, keys, anIdeaDraft(topicId), author), { code: 'not-found' });
	const unknown = '00000000-0000-7000-8000-00000000dead';
	await assert.rejects(submitIdea(database, keys, anIdeaDraft(unknown), author), { code: 'not-found' });
});

test('an author rewords and withdraws their idea, and nobody else does', async () => {
	const { topicId } = await anOpenTopic(database);
	const { number, receipt } = await submitIdea(database, keys, anIdeaDraft(topicId), author);
	await submitIdea(database, keys, anIdeaDraft(topicId), aVisitor('second participant'));
	const better = { point: 'Build regional exchange points first', explanation: 'Costs.', sources: '' };
	await assert.rejects(editIdea(database, { topicId, number, seen: 1 }, better, claimOf(2)), { code: 'not-your-idea' });
	await editIdea(database, { topicId, number, seen: 1 }, better, claimOf(1));
	// the second tab still shows the first version
	await assert.rejects(editIdea(database, { topicId, number, seen: 1 }, { ...better, point: 'x' }, claimOf(1)), {
		code: 'changed-meanwhile'
	});
	const { version, point } = await ideaOfTopic(database, topicId, number);
	assert.deepEqual({ version, point }, { version: 2, point: 'Build regional exchange points first' });
	assert.equal(
		(await contributionBy(database, topicId, receipt.contributionId))?.text,
		'Build regional exchange points first\n\nCosts.'
	);

	await assert.rejects(withdrawIdea(database, { topicId, number }, '', claimOf(2)), { code: 'not-your-idea' });
	await withdrawIdea(database, { topicId, number }, 'Said better elsewhere', claimOf(1));
	await withdrawIdea(database, { topicId, number }, 'Said better elsewhere', claimOf(1));
	assert.equal((await ideaOfTopic(database, topicId, number)).concealed, 'withdrawn');
	assert.deepEqual(await countsOf(database, topicId), { ideas: 1 });
});
