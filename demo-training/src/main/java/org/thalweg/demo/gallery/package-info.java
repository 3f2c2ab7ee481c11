/** Surfaces of several kinds of networks in one picture. */
@NullMarked
package org.thalweg.demo.gallery;

import org.jspecify.annotations.NullMarked;
