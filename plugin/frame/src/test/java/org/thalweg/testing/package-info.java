/** What the tests of several packages share. */
@NullMarked
package org.thalweg.testing;

import org.jspecify.annotations.NullMarked;
