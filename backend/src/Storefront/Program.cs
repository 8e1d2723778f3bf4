return await Storefront.Hosting.StorefrontApp.RunAsync(args);
