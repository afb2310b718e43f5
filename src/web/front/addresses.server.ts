import type { IncomingMessage } from 'node:http';
import { BlockList, isIP, isIPv6, type Socket } from 'node:net';

/** The proxies before us whose X-Forwarded-For is believed. */
export type TrustedProxies = (address: string) => boolean;

/** @param networks addresses and networks ("10.0.0.0/8", "::1"), as read from TRUSTED_PROXIES */
export function trustedProxies(networks: readonly string[]): TrustedProxies {
	const trusted = new BlockList();
	for (const network of networks) {
		const [address = '', bits] = network.split('/');
		const family = isIPv6(address) ? 'ipv6' : 'ipv4';
		if (bits === undefined) trusted.addAddress(address, family);
		else trusted.addSubnet(address, Number(bits), family);
	}
	const isTrusted = (address: string) =>
		networks.length > 0 && isIP(address) > 0 && trusted.check(address, isIPv6(address) ? 'ipv6' : 'ipv4');
	// each request asks it twice, of the same few proxies and of whoever wrote lately
	const lately = new Map<string, boolean>();
	return (address) => {
		let is = lately.get(address);
		if (is !== undefined) return is;
		if (lately.size >= 10_000) lately.clear();
		lately.set(address, (is = isTrusted(address)));
		return is;
	};
}

type Arriving = Pick<IncomingMessage, 'headers'> & { readonly socket: Pick<Socket, 'remoteAddress'> };

/** Whose request it is: the last address in the chain that is not one of our proxies; what a stranger claims changes nothing. */
export function addressOf({ socket, headers }: Arriving, isTrusted: TrustedProxies): string {
	let address = plain(socket.remoteAddress ?? '');
	const forwarded = headers['x-forwarded-for'];
	if (forwarded === undefined || !isTrusted(address)) return address;
	const chain = (Array.isArray(forwarded) ? forwarded.join(',') : forwarded).split(',');
	for (let hop = chain.length - 1; hop >= 0 && isTrusted(address); hop--) {
		const before = plain(chain[hop]!.trim());
		if (!isIP(before)) break;
		address = before;
	}
	return address;
}

/** What limits are counted by: an IPv4 address, or the /64 network of an IPv6 one, which one household or phone owns whole. */
export function networkOf(address: string): string {
	// a colon tells without a long expression: no IPv4 address has one
	if (!address.includes(':') || !isIPv6(address)) return address;
	const [head = '', tail] = address.split('::');
	const before = head === '' ? [] : head.split(':');
	const after = tail === undefined || tail === '' ? [] : tail.split(':');
	const groups =
		tail === undefined
			? before
			: [...before, ...Array<string>(Math.max(0, 8 - before.length - after.length)).fill('0'), ...after];
	return groups.slice(0, 4).join(':');
}

function plain(address: string): string {
	return address.startsWith('::ffff:') && address.includes('.') ? address.slice(7) : address;
}
