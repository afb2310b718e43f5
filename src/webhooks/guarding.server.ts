import { BlockList, isIP, isIPv4 } from 'node:net';
import { refusal } from '#refusals/refusal.ts';

/**
 * The address of a webhook as it will be called, in its one spelling: https, a name or a public IP address, no name or password in it.
 * Refuses what leads into this machine or its network by its letters alone; what a name leads to is asked before each call.
 */
export function webhookAddress(text: string): URL {
	const trimmed = text.trim();
	// a URL reads past tabs and line ends within; nobody types them
	if (trimmed.length > 2000 || /[\s\\]/.test(trimmed) || !URL.canParse(trimmed)) throw refusal('webhook-address-unusable');
	const url = new URL(trimmed);
	if (url.protocol !== 'https:' || url.username !== '' || url.password !== '') throw refusal('webhook-address-unusable');
	const host = hostOf(url);
	if (isIP(host) ? !isPublicAddress(host) : isLocalName(host)) throw refusal('webhook-address-private');
	url.hash = '';
	return url;
}

/** Without the brackets of IPv6 and the dot at the end, which names the same host. */
export function hostOf({ hostname }: URL): string {
	return hostname.replace(/^\[|\]$/g, '').replace(/\.+$/, '');
}

/** Names that only this machine or its network knows. */
function isLocalName(host: string): boolean {
	return (
		!host.includes('.') ||
		/(^|\.)(localhost|local|internal|intranet|lan|home|corp|private|localdomain|home\.arpa|onion)$/.test(host)
	);
}

/** Whether an IP address is one of the open Internet. */
export function isPublicAddress(address: string): boolean {
	// an address of one network only, and with it whatever an interface may add to it
	if (!isIP(address) || address.includes('%')) return false;
	return isIPv4(address) ? !notPublic.check(address) : global.check(address, 'ipv6') && !notPublic.check(address, 'ipv6');
}

const notPublic = new BlockList();
for (const network of [
	'0.0.0.0/8', // this network
	'10.0.0.0/8', // private
	'100.64.0.0/10', // behind a provider's translator, and metadata of some clouds
	'127.0.0.0/8', // this machine
	'168.63.129.16/32', // metadata of a cloud, at a public address
	'169.254.0.0/16', // link-local, and metadata of most clouds
	'172.16.0.0/12', // private
	'192.0.0.0/24', // protocols
	'192.0.2.0/24', // documentation
	'192.31.196.0/24', // AS112
	'192.52.193.0/24', // multicast tunnels
	'192.88.99.0/24', // 6to4 relays
	'192.168.0.0/16', // private
	'192.175.48.0/24', // AS112
	'198.18.0.0/15', // measurements
	'198.51.100.0/24', // documentation
	'203.0.113.0/24', // documentation
	'224.0.0.0/4', // multicast
	'240.0.0.0/4' // reserved, broadcast
]) {
	const [address = '', bits] = network.split('/');
	notPublic.addSubnet(address, Number(bits), 'ipv4');
}
for (const [address, bits] of [
	['2001::', 23], // protocols, Teredo
	['2001:db8::', 32], // documentation
	['2002::', 16], // 6to4, which carries any IPv4 address
	['2620:4f:8000::', 48], // AS112
	['3fff::', 20] // documentation
] as const)
	notPublic.addSubnet(address, bits, 'ipv6');

/** Everything else is this machine, one's own network, multicast, or IPv4 in other clothes (mapped, NAT64). */
const global = new BlockList();
global.addSubnet('2000::', 3, 'ipv6');
