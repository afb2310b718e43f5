import type { Channel } from '#contributions/contribution.ts';

/** The message that names a channel. */
export function channelKey(channel: Channel) {
	return keys[channel];
}

const keys = {
	web: 'channels.web',
	api: 'channels.api',
	import: 'channels.import',
	'e-mail': 'channels.e-mail',
	paper: 'channels.paper',
	café: 'channels.cafe',
	'town hall': 'channels.town-hall',
	programme: 'channels.programme'
} as const satisfies Record<Channel, string>;
