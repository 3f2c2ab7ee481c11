/** Utilities that packages of Thalweg share; not part of its interface. */
@NullMarked
package org.thalweg.internal;

import org.jspecify.annotations.NullMarked;
