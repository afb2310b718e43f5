import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dueOf } from '#topics/due.ts';
import { aStage } from '#topics/examples.ts';
import type { Deliverable } from '#topics/topic.ts';

const at = new Date('2013-10-20T08:00Z');
const now = { at, today: '2013-10-20' };
const published = { publishedAt: new Date('2013-10-01T00:00Z'), archivedAt: null };

function aDeliverable(changes: Partial<Deliverable>): Deliverable {
	return {
		...{ deliverableId: 'a report', kind: 'report', deadline: null, promised: null, state: 'planned', link: null },
		texts: {},
		...changes
	};
}

function aWholeStage(changes: { stageId: string; opensAt?: Date; closesAt?: Date }) {
	return { ...aStage(), position: 1, zone: 'UTC', version: 0, closedAtBefore: null, texts: {}, ...changes };
}

test('what is due stands in the order of its days; a promise is late from the day after, until it is kept', () => {
	const deliverables = [
		aDeliverable({ deliverableId: 'today', promised: '2013-10-20', deadline: '2013-11-01' }),
		aDeliverable({ deliverableId: 'late', promised: '2013-10-19', state: 'in work' }),
		aDeliverable({ deliverableId: 'kept', promised: '2013-10-01', state: 'delivered' }),
		aDeliverable({ deliverableId: 'given up', deadline: '2013-10-01', state: 'cancelled' }),
		aDeliverable({ deliverableId: 'without a day' })
	];
	assert.deepEqual(dueOf({ deliverables, stages: [aWholeStage({ stageId: 'online' })], ...published }, now), [
		{ what: 'promised', deliverableId: 'late', on: new Date('2013-10-19'), isLate: true },
		{ what: 'promised', deliverableId: 'today', on: new Date('2013-10-20'), isLate: false },
		{ what: 'closes', stageId: 'online', on: new Date('2013-10-25T10:30Z'), isLate: false, isDraft: false }
	]);
});

test('no stage of a draft is late, though its day has come; one that is over is past, and an archived talk has no turns any more', () => {
	const stages = [
		aWholeStage({ stageId: 'online' }),
		aWholeStage({ stageId: 'over', opensAt: new Date('2013-09-01T00:00Z'), closesAt: new Date('2013-09-02T00:00Z') }),
		aWholeStage({ stageId: 'to come', opensAt: new Date('2013-11-01T00:00Z'), closesAt: new Date('2013-11-02T00:00Z') })
	];
	const draft = { deliverables: [], stages, publishedAt: null, archivedAt: null };
	assert.deepEqual(
		dueOf(draft, now).map(({ what, isLate, ...due }) => [what, isLate, 'isDraft' in due && due.isDraft]),
		[
			['opens', false, true],
			['opens', false, true]
		]
	);
	assert.deepEqual(dueOf({ ...draft, archivedAt: at }, now), []);
});
