/** What a user of the library writes, as a user would write it. */
@NullMarked
package org.thalweg.example;

import org.jspecify.annotations.NullMarked;
