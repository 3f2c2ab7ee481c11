/** Networks that several scenarios train. */
@NullMarked
package org.thalweg.demo.network;

import org.jspecify.annotations.NullMarked;
