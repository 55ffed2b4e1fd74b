/**
 * One case of the attack: a correct conversion, a fault that fits it, and a place. Everything is a function
 * of the seed and the case's index.
 */
import { Random } from '../../src/blocks/random.ts';
import { faults } from '../faults/catalogue.ts';
import type { Fault, Place } from '../faults/fault.ts';
import type { Model } from '../../src/model/model.ts';
import { caseSeed, type Subject } from './subject.ts';

export interface Injected {
  readonly fault: Fault;
  readonly place: Place;
  readonly faulty: Model;
}

/** Places tried before a kind of fault is taken not to fit. */
const attempts = 4;

/**
 * A random fault at a random place. Kinds are tried in a random order until one fits, so that rare ones get
 * their turn where they fit at all.
 */
export function inject({ converted }: Subject, seed: number, index: number): Injected | null {
  const random = new Random(caseSeed(seed, index) ^ 0x5bd1e995);
  const order = faults.map((fault) => ({ fault, key: random.bits() }));
  order.sort((a, b) => a.key - b.key);
  for (const { fault } of order) {
    const places = fault.places(converted);
    for (let attempt = 0; attempt < attempts && places.length > 0; attempt++) {
      const place = places[random.bits() % places.length];
      const faulty = fault.inject(converted, place);
      if (faulty !== null) return { fault, place, faulty };
    }
  }
  return null;
}
