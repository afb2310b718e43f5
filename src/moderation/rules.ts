/** What of a topic is looked at before it is published. */
export const moderationRules = ['at-once', 'first-held', 'first-links-held', 'links-held', 'all-held'] as const;

export type ModerationRule = (typeof moderationRules)[number];

/** A topic that never set a rule publishes at once. */
export const ruleOfNewTopics: ModerationRule = 'at-once';

/** Why the sending of a text looks like a program's: a field was filled that people do not see, or a small computation is missing. */
export const suspicions = ['honeypot', 'no-proof'] as const;

export type Suspicion = (typeof suspicions)[number];

/** For which of its reasons a thing is held. */
export const holdings = [...moderationRules.filter((rule) => rule !== 'at-once'), ...suspicions] as const;

export interface Arrived {
	readonly text: string;
	/** whether nothing by its author has been seen by the public yet */
	readonly isFirst: boolean;
	/** whether the public has seen no link by its author yet */
	readonly isFirstLink: boolean;
}

export function isHeldBy(rule: ModerationRule, { text, isFirst, isFirstLink }: Arrived): boolean {
	switch (rule) {
		case 'at-once':
			return false;
		case 'first-held':
			return isFirst;
		case 'first-links-held':
			return isFirstLink && hasLink(text);
		case 'links-held':
			return hasLink(text);
		case 'all-held':
			return true;
	}
}

/** An address in any of the ways in which spam writes it: with a scheme, with www, or a bare host with a path or a common ending. */
export function hasLink(text: string): boolean {
	return (
		/\b[a-z][a-z0-9+.-]{1,20}:\/\//i.test(text) ||
		/\bwww\.[\p{L}\p{N}-]{2,}/iu.test(text) ||
		/\b(?:[\p{L}\p{N}-]{1,63}\.)+\p{L}{2,24}\/\S/u.test(text) ||
		/\b(?:[\p{L}\p{N}-]{1,63}\.)+(?:com|net|org|info|biz|io|co|me|ly|ru|cn|top|xyz|shop|online|site|club)\b/iu.test(text)
	);
}

/** Why something is hidden: said to its author and published. */
export const hidingReasons = ['off-topic', 'repeated', 'spam', 'personal-data', 'insulting', 'unlawful', 'other'] as const;

export type HidingReason = (typeof hidingReasons)[number];

/** Under which number the rules of every topic cite a reason; those of the topic itself follow. */
export function numberOfReason(reason: HidingReason): number {
	return hidingReasons.indexOf(reason) + 1;
}

/** What moderators decide about an author. */
export type Standing = 'ordinary' | 'trusted' | 'blocked';

export function isHidingReason(text: unknown): text is HidingReason {
	return hidingReasons.some((reason) => reason === text);
}

/** What readers flag: the same reasons, so that a moderator can take one over. */
export type FlagReason = HidingReason;

/** The kinds of things that are moderated, each known by the id of its contribution (an idea drawn from a text by its own). */
export const moderatedKinds = ['idea', 'comment', 'submission', 'suggestion', 'note', 'intervention'] as const;

export type ModeratedKind = (typeof moderatedKinds)[number];

/** What its author sent by a form and holds a receipt of. */
export type SentKind = Exclude<ModeratedKind, 'note' | 'intervention'>;

export function isSentKind(text: unknown): text is SentKind {
	return isModeratedKind(text) && text !== 'note' && text !== 'intervention';
}

export function isModeratedKind(text: unknown): text is ModeratedKind {
	return moderatedKinds.some((kind) => kind === text);
}

export interface Moderated {
	readonly topicId: string;
	readonly kind: ModeratedKind;
	readonly thingId: string;
}

/** Why something cannot be seen. */
export type Concealed = 'held' | 'hidden' | 'withdrawn' | 'erased';

export type Decision = 'approved' | 'hidden' | 'restored' | 'flags-dismissed' | 'redacted';

/** Which decisions make sense on a thing as it stands: null is visible. What its author took back is theirs alone. */
export function decisionsOn(concealed: Concealed | null): readonly Decision[] {
	switch (concealed) {
		case null:
			return ['hidden', 'flags-dismissed', 'redacted'];
		case 'held':
			return ['approved', 'hidden', 'redacted'];
		case 'hidden':
			return ['restored', 'redacted'];
		case 'withdrawn':
		case 'erased':
			return [];
	}
}
