import { topicIdAtAddress } from '#topics/addresses.server.ts';
import { isAddress } from '#topics/topic.ts';
import type { Context } from '#web/context.server.ts';

interface Known {
	readonly topicId: string | undefined;
	readonly until: number;
}

// an address never comes to mean another topic; one that is new is found within seconds
const knownFor = 5_000;
const most = 10_000;
const known = new WeakMap<Context, Map<string, Known>>();

/** The topic at an address (slug); undefined where there is none. */
export async function topicIdAt(context: Context, slug: string): Promise<string | undefined> {
	if (!isAddress(slug)) return undefined;
	const addresses = known.get(context) ?? new Map<string, Known>();
	known.set(context, addresses);
	const now = context.now();
	const found = addresses.get(slug);
	if (found && (found.topicId !== undefined || found.until > now)) return found.topicId;
	const topicId = await topicIdAtAddress(context.database, slug);
	if (addresses.size >= most) addresses.clear();
	addresses.set(slug, { topicId, until: now + knownFor });
	return topicId;
}
