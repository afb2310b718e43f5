/**
 * How long a browser stays signed in. Participants: thirty days. Staff: half a day, and after half an hour of silence the second factor
 * again.
 */
export const limits = {
	longest: 30 * 24 * 3_600_000,
	longestForStaff: 12 * 3_600_000,
	idleForStaff: 30 * 60_000
};

export interface Standing {
	readonly beganAt: Date;
	/** The last request, but for a minute. */
	readonly seenAt: Date;
	/** When a second factor was shown in this sign-in. */
	readonly secondFactorAt: Date | null;
	readonly isStaff: boolean;
}

export function hasEnded({ beganAt, isStaff }: Standing, at: Date): boolean {
	return at.getTime() - beganAt.getTime() >= (isStaff ? limits.longestForStaff : limits.longest);
}

/** A second factor counts until nothing was heard from its browser for a while: then whoever sits there now must show it anew. */
export function hasSecondFactor({ seenAt, secondFactorAt }: Standing, at: Date): boolean {
	if (secondFactorAt === null) return false;
	const heard = Math.max(seenAt.getTime(), secondFactorAt.getTime());
	return at.getTime() - heard < limits.idleForStaff;
}
