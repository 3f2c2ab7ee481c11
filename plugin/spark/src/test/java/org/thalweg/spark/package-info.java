/** Objectives on clusters: one in this process, and a standalone one of several processes. */
@NullMarked
package org.thalweg.spark;

import org.jspecify.annotations.NullMarked;
