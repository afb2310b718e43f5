/**
 * The words of the record that say the same to a reader; every other is its own word. The record keeps what the verb wrote, a page says
 * `activity.did-<deed>`.
 */
export function deedOf(did: string): string {
	const said = did.replaceAll(' ', '-');
	return same.get(said) ?? said;
}

const same = new Map(
	Object.entries({
		added: 'added-group named sourced set-up made confirmed-domain',
		changed:
			'changed-memberships edited reworded corrected set set-questions set-stages set-targets named-group planned in-work rotated',
		approved: 'let-through',
		drew: 'attached',
		ended: 'revoked took-back',
		hidden: 'kept-back',
		imported: 'brought-in had-brought-in',
		joined: 'merged',
		moved: 'moved-group',
		split: 'parted',
		removed: 'unnamed removed-domain unsourced',
		'sent-again': 'tried tried-again',
		undid: 'undone'
	}).flatMap(([deed, words]) => words.split(' ').map((word) => [word, deed] as const))
);

/** What the record is about, for the filter of the list. */
export const recordedKinds = [
	'topic',
	'idea',
	'theme',
	'comment',
	'cafe',
	'host',
	'table',
	'table-photo',
	'harvest',
	'seating',
	'submission',
	'suggestion',
	'author',
	'appeal',
	'erasure',
	'third-person-request',
	'moderation-rule',
	'house-rule',
	'queue-threshold',
	'level-thresholds',
	'question',
	'stage',
	'event',
	'poll',
	'floor-question',
	'captions',
	'caption-stream',
	'minutes',
	'deliverable',
	'document',
	'report',
	'snapshot',
	'sheet',
	'invitation',
	'role',
	'second-factor',
	'token',
	'participant',
	'organisation',
	'membership-kind',
	'institution',
	'mail',
	'mail-in',
	'paper',
	'notice',
	'job',
	'webhook',
	'audit-bundle',
	'agenda-item',
	'floor'
] as const;
