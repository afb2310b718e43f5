import { BrowserBox } from '#web/offline/box.ts';
import type { Entry } from '#web/offline/outbox.ts';
import type { Box } from '#web/offline/sender.ts';

/** Check-ins that wait, in the browser's own database; where the phone refuses that, in memory as long as the page is open. */
export async function checkInBox(): Promise<Box & { readonly isLasting: boolean }> {
	const box = new BrowserBox('open-talks-door');
	try {
		await box.entries('');
	} catch {
		return inMemory();
	}
	return {
		isLasting: true,
		entries: (lane) => box.entries(lane),
		write: (entries) => box.write(entries)
	};
}

function inMemory(): Box & { readonly isLasting: boolean } {
	const kept = new Map<string, Entry>();
	return {
		isLasting: false,
		entries: (lane) => Promise.resolve([...kept.values()].filter((entry) => entry.lane === lane)),
		write: (entries) => {
			for (const entry of entries) kept.set(entry.id, entry);
			return Promise.resolve();
		}
	};
}
