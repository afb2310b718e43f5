/** What programs of others can be told of. Names stay as they are from version to version. */
export const webhookEvents = [
	'topic.published',
	'stage.changed',
	'submission.published',
	'idea.published',
	'comment.published',
	'report.published'
] as const;

export type WebhookEvent = (typeof webhookEvents)[number];

/** Sent from the desk to try an address. */
export const trial = 'trial';

export function isWebhookEvent(word: string): word is WebhookEvent {
	return (webhookEvents as readonly string[]).includes(word);
}
