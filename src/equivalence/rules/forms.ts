/** Arithmetic of forms: scaling and adding what has not been named. */
import { number, scaled, sum, type Constant } from '../constant.ts';
import type { Form, Part, Patches } from '../form.ts';
import { exactly, one, times, type Scale } from '../scale.ts';
import { noPatches, zeroForm } from '../form.ts';

function scalePart(part: Part, factor: Scale): Part {
  const scale = times(factor, part.scale);
  if (part.kind === 'row') return { kind: 'row', rows: part.rows, row: part.row, scale };
  return { kind: 'value', value: part.value, shift: part.shift, scale };
}

function scalePatches({ border, channel, scale }: Patches, factor: Scale): Patches {
  return { border, channel, scale: times(factor, scale) };
}

export function scaleForm(form: Form, scale: Scale): Form {
  if (scale === one) return form;
  if (scale.mid === 0) return zeroForm;
  const { parts, constant, patches } = form;
  return {
    parts: parts.map((part) => scalePart(part, scale)),
    constant: scaled(constant, scale),
    patches: patches.length === 0 ? noPatches : patches.map((p) => scalePatches(p, scale)),
  };
}

export function addForms(a: Form, b: Form): Form {
  return {
    parts: [...a.parts, ...b.parts],
    constant: sum(a.constant, b.constant),
    patches: a.patches.length + b.patches.length === 0 ? noPatches : [...a.patches, ...b.patches],
  };
}

export function addConstant(form: Form, constant: Constant): Form {
  const { parts, patches } = form;
  return { parts, constant: sum(form.constant, constant), patches };
}

export function addNumber(form: Form, value: number): Form {
  return value === 0 ? form : addConstant(form, number(value));
}

export function negateForm(form: Form): Form {
  return scaleForm(form, exactly(-1));
}
