import { BrowserBox } from '#web/offline/box.ts';
import type { Entry } from '#web/offline/outbox.ts';
import type { Box } from '#web/offline/sender.ts';
import { isDoorList, type DoorList } from './door-list.ts';
import { forgetKey, sealed, unsealed } from './sealing.ts';

/** What a phone keeps of a door: check-ins that wait, and the list with which the page opens without a network. */
export interface CheckInBox extends Box {
	readonly isLasting: boolean;
	drop(ids: readonly string[]): Promise<void>;
	/** @param path of the page that is open */
	keepList(path: string, kept: KeptList): Promise<void>;
	listOf(path: string): Promise<KeptList | null>;
	/** Of the door itself only its lane stays, by which check-ins are found that wait. */
	forgetList(path: string): Promise<void>;
}

export interface KeptList {
	readonly lane: string;
	/** null: it was forgotten, or its time is over */
	readonly list: DoorList | null;
	/** how far the phone's clock was behind the server's, when the two last met; milliseconds */
	readonly behind: number;
}

/** In the browser's own database; where the phone refuses that, in memory as long as the page is open. */
export async function checkInBox(): Promise<CheckInBox> {
	const box = new BrowserBox('open-talks door');
	try {
		await box.entries('');
	} catch {
		return inMemory();
	}
	return {
		isLasting: true,
		entries: (lane) => box.entries(lane),
		write: (entries) => box.write(entries),
		drop: (ids) => box.drop(ids),
		keepList: async (path, { list, ...rest }) => {
			const text = list && (await sealed(path, list, list.until - list.at));
			await box.keep(path, { ...rest, text });
		},
		listOf: async (path) => {
			const kept = (await box.kept(path)) as (Omit<KeptList, 'list'> & { text: unknown }) | undefined;
			if (!kept) return null;
			const list = await unsealed(kept.text);
			return { lane: kept.lane, behind: kept.behind, list: isDoorList(list) ? list : null };
		},
		forgetList: async (path) => {
			forgetKey(path);
			const kept = (await box.kept(path)) as KeptList | undefined;
			if (kept) await box.keep(path, { lane: kept.lane, behind: kept.behind, text: null });
		}
	};
}

function inMemory(): CheckInBox {
	const kept = new Map<string, Entry>();
	return {
		isLasting: false,
		entries: (lane) => Promise.resolve([...kept.values()].filter((entry) => entry.lane === lane)),
		write: (entries) => {
			for (const entry of entries) kept.set(entry.id, entry);
			return Promise.resolve();
		},
		drop: (ids) => {
			for (const id of ids) kept.delete(id);
			return Promise.resolve();
		},
		// a page that is closed is gone, and its list with it
		keepList: () => Promise.resolve(),
		listOf: () => Promise.resolve(null),
		forgetList: () => Promise.resolve()
	};
}
