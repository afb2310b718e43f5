import type { Reroute } from '@sveltejs/kit/hooks';
import { pathWithoutLanguage } from '#languages/languages.ts';

/** "/fr/topics/internet" is the page "/topics/[topic]" in French. */
export const reroute: Reroute = ({ url }) => pathWithoutLanguage(url.pathname);
