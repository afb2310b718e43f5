import type { ThingSeen } from '#moderation/deciding.server.ts';
import type { Redaction } from '#moderation/personal-data.ts';

/** A thing as a moderator ticked it: the version read, and the latest decision that the page knew. */
export interface Chosen extends ThingSeen {
	readonly seen: number;
}

export type Act =
	/** what is held is approved; of what is shown the flags are dismissed */
	| { readonly does: 'keep'; readonly trusts?: boolean }
	| { readonly does: 'hide'; readonly reason: string; readonly rule?: number | null }
	| { readonly does: 'restore' }
	| ({ readonly does: 'redact' } & Redaction)
	/** their authors send no more texts; the things themselves stay as they are */
	| { readonly does: 'block'; readonly reason: string };
