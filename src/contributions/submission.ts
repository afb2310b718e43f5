import type { Attribution, Channel } from '#contributions/contribution.ts';

/** What may stand in a submission, in code points. */
export const submissionLimits = { title: 300, text: 500_000, abstract: 20_000, name: 120, field: 1000 } as const;

/** A long text by an organisation or a person, as lists and its page show it. */
export interface Submission {
	readonly topicId: string;
	readonly contributionId: string;
	readonly number: number;
	readonly title: string;
	readonly abstract: string;
	readonly keywords: string;
	readonly area: string;
	readonly questionId: string | null;
	readonly language: string;
	readonly words: number;
	readonly channel: Channel;
	readonly receivedAt: Date;
	/** the name under which its author wanted it to stand; null where it stands under groups and organisation, or under nothing */
	readonly name: string | null;
	readonly attribution: Attribution;
	/** as the author wrote it in the form, else the organisation of the profile; empty where anonymous */
	readonly organisation: string;
	/** of its page; null where none is known, or the author is anonymous */
	readonly organisationId: string | null;
	readonly groups: readonly string[];
	readonly country: string | null;
	readonly region: string | null;
}
