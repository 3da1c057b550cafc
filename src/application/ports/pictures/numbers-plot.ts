import type { Course } from '../../../domain/operator/course.js';

export interface NumbersPlot {
  /** One PNG: pictures above in blue, Stars below in orange, both over the same time. It has digits, and no words. */
  draw(course: Course): Promise<Uint8Array>;
}
