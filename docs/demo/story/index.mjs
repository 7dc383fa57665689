import { applause } from './applause.mjs';
import { create } from './create.mjs';
import { differentPlaces } from './different-places.mjs';
import { locked } from './locked.mjs';
import { lostAnswer } from './lost-answer.mjs';
import { refused } from './refused.mjs';
import { samePlace } from './same-place.mjs';

/** In the order they are told. Each has a title, what it `needs` of a server, and how it is played. */
export const CHAPTERS = [create, differentPlaces, samePlace, locked, refused, lostAnswer, applause];
