import { json } from '@sveltejs/kit';
import { wallOf } from '#web/cafes/wall.server.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async (event) => json((await wallOf(event)).wall);
